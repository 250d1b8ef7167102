using Monolith.Kernel.Problems;

namespace Monolith.Operations.DeadLetters;

/// <summary>What is done with one dead letter, and why.</summary>
public sealed record TreatDeadLetter(string? Reason)
{
    public InputErrors Check() => new InputErrors().Text(Reason, "reason");
}

/// <summary>What is done with all that match, and why. What is not given matches all.</summary>
/// <param name="MessageType">The name of the message, short or full.</param>
/// <param name="ExceptionType">The name of the exception's type, short or full.</param>
/// <param name="From">Set aside at this time or later.</param>
/// <param name="To">Set aside before this time.</param>
/// <param name="Limit">How many at most, the oldest first: 1 to 1,000, and 1,000 when absent.</param>
public sealed record TreatDeadLetters(
    string? Reason, DeadLetterSource? Source = null, string? MessageType = null, string? ExceptionType = null, DateTimeOffset? From = null,
    DateTimeOffset? To = null, int? Limit = null)
{
    private const int Most = 1000;

    internal int AtMost => Limit ?? Most;

    internal DeadLetterFilter Filter => new(Source, MessageType, ExceptionType, From, To);

    public InputErrors Check()
    {
        var errors = new InputErrors().Text(Reason, "reason").Require(Limit is null or (>= 1 and <= Most), "limit", $"must be a number from 1 to {Most}");
        errors = MessageType is null ? errors : errors.Text(MessageType, "messageType", longest: 300);
        return ExceptionType is null ? errors : errors.Text(ExceptionType, "exceptionType", longest: 300);
    }
}

/// <param name="Count">How many dead letters it concerned.</param>
public sealed record DeadLettersTreated(int Count);
