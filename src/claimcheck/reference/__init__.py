"""Reference packages: curated tables with sources, loaded whole or refused with every error at once."""
