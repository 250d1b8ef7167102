using Marten;
using Marten.Internal.Storage;
using Marten.Schema;
using Marten.Schema.BulkLoading;
using Npgsql;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <summary>
/// Puts documents into their table, new ones and changed ones, as Marten's bulk loader does it: by way of a temporary table, in as
/// many statements for one as for all of them.
/// </summary>
internal abstract class DocumentMerge
{
    /// <summary>Each document counts how often it was stored, which nothing that is written at once can do.</summary>
    public abstract bool CountsRevisions { get; }

    /// <param name="documents">The last one counts where several have the same id.</param>
    public abstract Task Write(NpgsqlConnection connection, IEnumerable<object> documents, CancellationToken cancellation);

    public static DocumentMerge Of(DocumentStore store, Type document) =>
        (DocumentMerge)Activator.CreateInstance(typeof(DocumentMerge<>).MakeGenericType(document), store)!;
}

internal sealed class DocumentMerge<TDocument>(DocumentStore store) : DocumentMerge
    where TDocument : class
{
    private readonly MartenDocumentProvider<TDocument> provider = (MartenDocumentProvider<TDocument>)store.Storage.Database.Providers.StorageFor<TDocument>();

    public override bool CountsRevisions { get; } =
        ((DocumentMapping)((IReadOnlyStoreOptions)store.Options).FindOrResolveDocumentType(typeof(TDocument))).UseNumericRevisions;

    private IBulkLoader<TDocument> Loader => provider.BulkLoader;

    public override async Task Write(NpgsqlConnection connection, IEnumerable<object> documents, CancellationToken cancellation)
    {
        var last = new Dictionary<object, TDocument>();
        foreach (var document in documents.Cast<TDocument>())
        {
            last[provider.QueryOnly.IdentityFor(document)] = document;
        }

        var create = Loader.CreateTempTableForCopying();
        await Execute(connection, create, cancellation);
        await Loader.LoadIntoTempTableAsync(store.Tenancy.Default, store.Options.Serializer(), connection, last.Values, cancellation);
        await Execute(connection, Loader.OverwriteDuplicatesFromTempTable(), cancellation);
        // The name is a word of the statement: create temporary table NAME as ...
        await Execute(connection, $"drop table {create.Split(' ')[3]}", cancellation);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
