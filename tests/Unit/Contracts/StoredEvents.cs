using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Host.Hosting;
using Xunit;

namespace Monolith.Unit.Contracts;

/// <summary>The events that the modules registered and the serializer that stores them, as the application configures both.</summary>
public sealed class StoredEvents : IAsyncLifetime
{
    private readonly WebApplication host = Schema.HostFor("Host=localhost;Database=monolith");

    public ISerializer Serializer => Options.Serializer();

    /// <summary>By stored name; the libraries' own events left out.</summary>
    public IReadOnlyDictionary<string, Type> ByName => Options.Events.AllKnownEventTypes()
        .Where(e => e.EventType.Assembly.GetName().Name!.StartsWith("Monolith.", StringComparison.Ordinal))
        .ToDictionary(e => e.EventTypeName, e => e.EventType);

    private IReadOnlyStoreOptions Options => host.Services.GetRequiredService<IDocumentStore>().Options;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
