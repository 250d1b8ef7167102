using JasperFx.Events;
using JasperFx.Events.Subscriptions;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Host.Hosting;
using Xunit;

namespace Monolith.Architecture.Reading;

/// <summary>What the modules registered with the event store, without a database.</summary>
public sealed class StoredEvents : IAsyncLifetime
{
    private readonly WebApplication host = Schema.HostFor("Host=localhost;Database=monolith");

    /// <summary>The libraries' own events left out.</summary>
    public IReadOnlyList<IEventType> Types => [.. Options.Events.AllKnownEventTypes().Where(e => IsOurs(e.EventType))];

    public IReadOnlyList<ISubscriptionSource> Projections => [.. Options.Events.Projections().Where(p => IsOurs(p.ImplementationType))];

    private IReadOnlyStoreOptions Options => host.Services.GetRequiredService<IDocumentStore>().Options;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static bool IsOurs(Type type) => type.Assembly.GetName().Name!.StartsWith("Monolith.", StringComparison.Ordinal);
}
