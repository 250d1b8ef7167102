namespace Monolith.Host.Hosting;

/// <summary>The program cannot start, and its user can mend it: the message says how.</summary>
internal sealed class CannotStartException(string message) : Exception(message);
