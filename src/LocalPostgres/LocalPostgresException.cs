namespace Monolith.LocalPostgres;

/// <summary>A private server could not be started or stopped; the message says what to do.</summary>
public sealed class LocalPostgresException : Exception
{
    public LocalPostgresException(string message) : base(message) { }

    public LocalPostgresException(string message, Exception inner) : base(message, inner) { }

    internal static LocalPostgresException NotAccessible(string directory, Exception cause) => new(
        $"'{directory}' cannot be used for a private PostgreSQL: {cause.Message} "
        + "If another user (root?) created it, run as that user, give it to yourself with chown, or remove it.", cause);
}
