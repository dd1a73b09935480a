"""What can go wrong with signing in; each message is one sentence with the way out.

SignInError
├── NotSignedIn     there is no token file, or it cannot be used
├── LoginFailed     the consent did not come to a good end; nothing was stored
└── LogoutFailed    Google could not be told; nothing was deleted
"""

from __future__ import annotations


class SignInError(Exception):
    """Signing in or out did not work."""


class NotSignedIn(SignInError):
    """The token file is missing, unreadable, incomplete, or open to other people of this machine."""


class LoginFailed(SignInError):
    """The consent was refused, incomplete or never came; nothing was stored."""


class LogoutFailed(SignInError):
    """Google could not be reached to revoke the token; the token file still stands."""
