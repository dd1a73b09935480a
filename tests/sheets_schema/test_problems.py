from sheets_schema.problems import Problem


def test_a_problem_is_one_line() -> None:
    problem = Problem("Roasts", 5, "Other date", "soon", "This is not a date.", "Nothing moves.")

    assert str(problem) == "Roasts, row 5, Other date: This is not a date. Nothing moves."


def test_a_problem_of_a_tab_names_the_tab_alone() -> None:
    assert str(Problem("Log", None, None, "", "The tab is gone.", "")) == "Log: The tab is gone."
