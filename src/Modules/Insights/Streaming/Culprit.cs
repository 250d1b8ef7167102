using JasperFx.Events;
using JasperFx.Events.Daemon;

namespace Monolith.Insights.Streaming;

internal static class Culprit
{
    /// <summary>Does something with an event of a page, and names it when that fails: whoever looks at the stopped processor wants to know which one.</summary>
    /// <exception cref="ApplyEventException">It failed.</exception>
    public static T Named<T>(IEvent e, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception exception)
        {
            throw new ApplyEventException(e, exception);
        }
    }
}
