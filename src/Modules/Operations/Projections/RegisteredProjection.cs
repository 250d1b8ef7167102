using JasperFx.Events.Projections;
using Marten;
using Monolith.Kernel.Folding;

namespace Monolith.Operations.Projections;

public enum ProjectionKind
{
    Inline,
    Async,
}

/// <summary>A projection that some module registered.</summary>
/// <param name="Module">The module it belongs to, in lower case as in the stored names of events.</param>
/// <param name="Shards">The parts that run and progress on their own; an inline projection has none.</param>
public sealed record RegisteredProjection(
    string Name, ProjectionKind Kind, string Module, IReadOnlyList<string> Shards, IProjectionSource<IDocumentOperations, IQuerySession> Source)
{
    public PoisonPolicy Poison => Source is IHandlesPoison { Poison: var policy } ? policy : PoisonPolicy.Stop;

    private const string RootNamespace = "Monolith.";

    /// <summary>All projections that are kept anywhere, by name.</summary>
    public static IReadOnlyList<RegisteredProjection> All(IDocumentStore store) =>
    [
        .. ((StoreOptions)store.Options).Projections.All
            .Where(source => source.Lifecycle is ProjectionLifecycle.Inline or ProjectionLifecycle.Async)
            .Select(Of)
            .OrderBy(p => p.Name, StringComparer.Ordinal),
    ];

    public static RegisteredProjection? Find(IDocumentStore store, string name) => All(store).FirstOrDefault(p => p.Name == name);

    private static RegisteredProjection Of(IProjectionSource<IDocumentOperations, IQuerySession> source) =>
        source.Lifecycle == ProjectionLifecycle.Inline
            ? new RegisteredProjection(source.Name, ProjectionKind.Inline, ModuleOf(source), [], source)
            : new RegisteredProjection(
                source.Name, ProjectionKind.Async, ModuleOf(source), [.. source.ShardNames().Select(s => s.Identity)], source);

    /// <summary>A projection without a class of its own belongs to the module of its document.</summary>
    private static string ModuleOf(IProjectionSource<IDocumentOperations, IQuerySession> source) =>
        source.PublishedTypes().Prepend(source.GetType())
            .Select(type => type.Assembly.GetName().Name ?? "")
            .Where(assembly => assembly.StartsWith(RootNamespace, StringComparison.Ordinal))
            .Select(assembly => assembly[RootNamespace.Length..].ToLowerInvariant())
            .FirstOrDefault() ?? "";
}
