using Marten;
using Npgsql;
using Polly;
using Polly.Retry;

namespace Monolith.Host.Hosting;

/// <summary>
/// What the store tries again at once, instead of what it would by itself: only what passes in a moment. What took seconds already, a lock or a dead line, is
/// answered, and whoever asked may come again.
/// </summary>
internal static class BriefFailures
{
    public static void RetryBriefFailures(this StoreOptions options)
    {
        options.ConfigurePolly(builder => builder.AddRetry(When(IsBrief)));
        // A commit is repeated only if the server itself said that it undid it.
        options.ConfigureWritePolly(builder => builder.AddRetry(When(IsUndone)));
    }

    /// <summary>
    /// Whether a read is sent again: only after what the server itself said. When a line breaks, the driver may leave the command marked as about to be prepared;
    /// sent again, it fails on the next line as well, and can leave that one of no use for everybody.
    /// </summary>
    public static bool IsBrief(Exception root) => root is PostgresException { IsTransient: true, SqlState: not PostgresErrorCodes.LockNotAvailable };

    public static bool IsUndone(Exception root) =>
        root is PostgresException
        {
            SqlState: PostgresErrorCodes.TransactionRollback or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.InsufficientResources or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.TooManyConnections
                or PostgresErrorCodes.ConfigurationLimitExceeded or PostgresErrorCodes.CannotConnectNow
        };

    private static RetryStrategyOptions When(Predicate<Exception> passes) => new()
    {
        ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception?.GetBaseException() is { } root && passes(root)),
        MaxRetryAttempts = 3,
        Delay = TimeSpan.FromMilliseconds(50),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
    };
}
