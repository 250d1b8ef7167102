using JasperFx.Events.Daemon;
using Npgsql;

namespace Monolith.Operations.Running;

/// <summary>Errors in words for operators: no stack trace, no SQL.</summary>
internal static class Failure
{
    public static string Describe(Exception exception)
    {
        var root = exception.GetBaseException();
        var message = root is PostgresException { MessageText: var text } ? text : root.Message;
        return Chain(exception).OfType<IEventFailureContext>().FirstOrDefault() is { } culprit
            ? $"Event {culprit.Sequence} ({culprit.EventTypeName}) of stream {culprit.StreamKey}: {message}"
            : message;
    }

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
