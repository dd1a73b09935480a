"""What the service costs, counted: requests, CPU and memory, beside what one would write by hand."""
