"""Gmail v1: the profile, messages, drafts, threads and labels of an account."""

from local_workspace.call import Handler, handlers
from local_workspace.gmail import attachments, drafts, labels, limits, messages, stored, threads, users

METHODS: dict[str, Handler] = {
    **handlers("gmail.users", users, "getProfile"),
    **handlers(
        "gmail.users.messages", messages, "batchDelete batchModify delete get insert list modify send"
    ),
    **handlers("gmail.users.messages", messages, "trash untrash"),
    **handlers("gmail.users.messages.attachments", attachments, "get"),
    **handlers("gmail.users.drafts", drafts, "create delete get list send update"),
    **handlers("gmail.users.threads", threads, "delete get list modify trash untrash"),
    **handlers("gmail.users.labels", labels, "create delete get list patch update"),
}
SCHEMA = stored.SCHEMA + labels.SCHEMA + limits.SCHEMA
