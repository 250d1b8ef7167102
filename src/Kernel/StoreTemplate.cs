using Marten;

namespace Monolith.Kernel;

/// <summary>
/// Makes the options of stores that are like the one of the application, over the same log, but tell nobody what they do: no messages
/// leave them, and no listener hears of their commits.
/// </summary>
public sealed class StoreTemplate(Func<StoreOptions> create)
{
    public StoreOptions Create() => create();
}
