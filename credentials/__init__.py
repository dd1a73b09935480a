"""How we sign in to Google: the consent, the token file, the scopes. No secret is ever committed."""
