"""Gmail v1: the profile, messages and drafts of an account."""

from local_workspace.call import Handler
from local_workspace.gmail import drafts, limits, messages, stored, users

METHODS: dict[str, Handler] = {
    "gmail.users.getProfile": users.get_profile,
    "gmail.users.messages.send": messages.send,
    "gmail.users.messages.get": messages.get,
    "gmail.users.messages.list": messages.list_,
    "gmail.users.drafts.create": drafts.create,
    "gmail.users.drafts.get": drafts.get,
    "gmail.users.drafts.list": drafts.list_,
    "gmail.users.drafts.send": drafts.send,
    "gmail.users.drafts.delete": drafts.delete,
}
SCHEMA = stored.SCHEMA + limits.SCHEMA
