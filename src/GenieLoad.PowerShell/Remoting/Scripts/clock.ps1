# The clock of this machine. Runs in the session.
[DateTime]::UtcNow.Ticks
