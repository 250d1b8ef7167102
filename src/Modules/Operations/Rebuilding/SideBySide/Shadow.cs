using System.Reflection;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;
using Monolith.Kernel;
using Monolith.Kernel.Folding;
using Weasel.Core.Migrations;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <summary>
/// A second generation of a projection: its tables in a schema of their own, and a store that fills them from the same log with the same
/// code. The store knows no other projection, and its progress goes under another name.
/// </summary>
internal sealed class Shadow : IAsyncDisposable
{
    private const int BatchSize = 5_000;

    private static readonly MethodInfo Move = typeof(Shadow).GetMethod(nameof(MoveTo), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo Table = typeof(Shadow).GetMethod(nameof(Find), BindingFlags.NonPublic | BindingFlags.Static)!;

    private Shadow(
        DocumentStore store, IProjectionSource<IDocumentOperations, IQuerySession> source, string schema, IReadOnlyList<ShadowTable> tables,
        IReadOnlyList<(string Live, string Own)> progress) =>
        (Store, Source, Schema, Tables, Progress) = (store, source, schema, tables, progress);

    public DocumentStore Store { get; }

    public IProjectionSource<IDocumentOperations, IQuerySession> Source { get; }

    public string Schema { get; }

    public IReadOnlyList<ShadowTable> Tables { get; }

    /// <summary>The names under which it keeps its progress, each with the one of the live projection that it stands for.</summary>
    public IReadOnlyList<(string Live, string Own)> Progress { get; }

    /// <param name="name">Under which its progress is kept.</param>
    /// <param name="schema">Where its tables are, or will be.</param>
    public static Shadow Of(StoreTemplate template, IDocumentStore live, string projectionName, string name, string schema)
    {
        var options = template.Create();
        var source = options.Projections.All.Single(p => p.Name == projectionName);
        options.Projections.All.RemoveAll(p => p != source);
        var types = source.PublishedTypes().ToList();
        foreach (var type in types)
        {
            Move.MakeGenericMethod(type).Invoke(obj: null, [options, schema]);
        }

        string[] progress = source.Lifecycle == ProjectionLifecycle.Inline ? [] : [.. ProgressOf(source)];
        Rename(source, name);
        ((ProjectionBase)source).Lifecycle = ProjectionLifecycle.Async;
        source.Options.BatchSize = BatchSize;
        return new Shadow(
            new DocumentStore(options), source, schema, [.. types.Select(type => new ShadowTable(type, TableOf(type, live), schema))],
            [.. progress.Zip(ProgressOf(source))]);
    }

    /// <summary>The statements that make its empty tables.</summary>
    public string CreateScript()
    {
        var database = (IDatabase)Store.Storage.Database;
        var script = new StringWriter();
        script.WriteLine($"create schema {Schema};");
        foreach (var part in database.BuildFeatureSchemas().Where(f => Tables.Any(t => t.DocumentType == f.StorageType)).SelectMany(f => f.Objects))
        {
            part.WriteCreateStatement(database.Migrator, script);
        }

        return script.ToString();
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    /// <summary>The parts of a composite keep their progress under names of their own, which are the live ones' too.</summary>
    private static void Rename(IProjectionSource<IDocumentOperations, IQuerySession> source, string name)
    {
        foreach (var part in source is CompositeProjection composite ? composite.AllProjections() : [])
        {
            if (part is IHandlesPoison { Poison: PoisonPolicy.SetAside })
            {
                throw new InvalidOperationException($"{part.Name} is a part of {source.Name}: it must stop at an event that it cannot fold, as all parts do.");
            }

            ((ProjectionBase)part).Name = $"{name}:{part.Name}";
        }

        ((ProjectionBase)source).Name = name;
    }

    private static IEnumerable<string> ProgressOf(IProjectionSource<IDocumentOperations, IQuerySession> source) =>
        source.ShardNames().Concat(source is CompositeProjection composite ? composite.ConstituentShardNames() : []).Select(shard => shard.Identity);

    private static string TableOf(Type document, IDocumentStore store) => (string)Table.MakeGenericMethod(document).Invoke(obj: null, [store])!;

    private static string Find<T>(IDocumentStore store)
        where T : notnull => store.Options.Schema.For<T>();

    private static void MoveTo<T>(StoreOptions options, string schema)
        where T : notnull => options.Schema.For<T>().DatabaseSchemaName(schema);
}

/// <param name="Live">The table that is read, with its schema.</param>
internal sealed record ShadowTable(Type DocumentType, string Live, string ShadowSchema)
{
    /// <summary>A column that only a shadow has, see <see cref="DocumentCopy{TDocument}"/>.</summary>
    public const string Ignored = "mt_loaded";

    public string LiveSchema => Live.Split('.')[0];

    /// <summary>Without the schema; the same in every generation.</summary>
    public string Name => Live.Split('.')[1];

    public string Shadow => $"{ShadowSchema}.{Name}";
}
