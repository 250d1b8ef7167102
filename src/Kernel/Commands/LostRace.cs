using JasperFx;
using Marten.Exceptions;
using Npgsql;

namespace Monolith.Kernel.Commands;

/// <summary>
/// A command or message that lost a race for its stream or document: its transaction was rolled back and its decision was made on a
/// state that is no more. Run again, it decides on the new one.
/// </summary>
public static class LostRace
{
    public static bool Is(Exception exception) => exception switch
    {
        ConcurrencyException => true,
        ExistingStreamIdCollisionException => true,
        StreamLockedException => true,
        DocumentAlreadyExistsException => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => true,
        AggregateException { InnerException: { } inner } => Is(inner),
        MartenCommandException { InnerException: PostgresException inner } => Is(inner),
        _ => false,
    };
}
