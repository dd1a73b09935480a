"""Gmail v1: the profile, messages, drafts, threads and labels of an account."""

from local_workspace.call import Handler, handlers
from local_workspace.gmail import drafts, labels, messages, sending, stored, threads, users

_METHODS = {
    **handlers("gmail.users", users, "getProfile"),
    **handlers("gmail.users.messages", messages, "delete get insert list modify send trash untrash"),
    "gmail.users.messages.attachments.get": messages.get_attachment,
    **handlers("gmail.users.drafts", drafts, "create delete get list send update"),
    **handlers("gmail.users.threads", threads, "get list"),
    **handlers("gmail.users.threads", messages, "delete modify trash untrash"),
    **handlers("gmail.users.labels", labels, "create delete get list patch update"),
}
METHODS: dict[str, Handler] = {name: users.of_caller(handler) for name, handler in _METHODS.items()}
SCHEMA = stored.SCHEMA + labels.SCHEMA + sending.SCHEMA
