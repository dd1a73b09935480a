"""The only place that talks to the network: Sheets, Calendar, Gmail and Discord over one transport."""
