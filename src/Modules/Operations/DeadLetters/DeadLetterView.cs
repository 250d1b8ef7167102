namespace Monolith.Operations.DeadLetters;

public enum DeadLetterSource
{
    /// <summary>A message that its handler could not handle.</summary>
    Message,

    /// <summary>An event that a projection could not fold.</summary>
    Projection,
}

/// <summary>Something that failed for good and waits for a person.</summary>
/// <param name="Id">Names one dead letter; a message that failed in two handlers is two of them.</param>
/// <param name="MessageType">The short name of the message.</param>
/// <param name="Destination">The queue of the handler that failed.</param>
/// <param name="ExceptionType">The full name of the last exception's type.</param>
/// <param name="ExceptionMessage">What it said, in one line, without a statement of SQL or a stack trace.</param>
/// <param name="Attempts">How often it was tried before it was set aside.</param>
/// <param name="Replays">How often it was replayed and failed again.</param>
/// <param name="Replayable">Whether this program can read it.</param>
/// <param name="Replaying">A replay was asked for and begins within seconds.</param>
/// <param name="Body">The message; those who may see no personal data see it masked, or its identifiers only.</param>
public sealed record DeadLetterView(
    string Id,
    DeadLetterSource Source,
    string MessageType,
    string Destination,
    string ExceptionType,
    string ExceptionMessage,
    DateTimeOffset SentAt,
    DateTimeOffset FailedAt,
    int Attempts,
    int Replays,
    bool Replayable,
    bool Replaying,
    object? Body);
