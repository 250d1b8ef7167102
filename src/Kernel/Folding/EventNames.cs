using Marten;

namespace Monolith.Kernel.Folding;

public static class EventNames
{
    /// <summary>Registers the stored names of events, which are for ever and depend on no name in the code.</summary>
    public static void MapEvents(this StoreOptions options, IReadOnlyDictionary<Type, string> names)
    {
        foreach (var (type, name) in names)
        {
            options.Events.MapEventType(type, name);
        }
    }
}
