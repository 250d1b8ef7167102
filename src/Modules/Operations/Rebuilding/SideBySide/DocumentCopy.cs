using Marten;
using Marten.Internal.CodeGeneration;
using Marten.Internal.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Monolith.Operations.Rebuilding.SideBySide;

/// <summary>
/// Copies new documents into the table of a shadow (COPY, binary). It is Marten's bulk loader, with one difference: that gives every document
/// version 1, and here it has the version of its stream. The loader's own value goes into a column that is there for nothing else.
/// </summary>
internal sealed class DocumentCopy<TDocument>(DocumentStore store)
    where TDocument : class
{
    private const string Version = "\"mt_version\"";

    private readonly BulkLoader<TDocument, string> loader =
        (BulkLoader<TDocument, string>)((MartenDocumentProvider<TDocument>)store.Storage.Database.Providers.StorageFor<TDocument>()).BulkLoader;

    private readonly ISerializer serializer = store.Options.Serializer();

    public async Task Write(NpgsqlConnection connection, IReadOnlyList<FoldedStream<TDocument>> rows, CancellationToken cancellation)
    {
        await using var writer = await connection.BeginBinaryImportAsync(Sql(loader.MainLoaderSql()), cancellation);
        foreach (var (_, document, version) in rows.Where(r => r.Document is not null))
        {
            await writer.StartRowAsync(cancellation);
            await loader.LoadRowAsync(writer, document!, store.Tenancy.Default, serializer, cancellation);
            await writer.WriteAsync(version, NpgsqlDbType.Bigint, cancellation);
        }

        await writer.CompleteAsync(cancellation);
    }

    /// <summary>The loader's statement, with its version column exchanged and the true one at the end.</summary>
    internal static string Sql(string loaderSql)
    {
        var end = loaderSql.LastIndexOf(')');
        return loaderSql.Contains(Version, StringComparison.Ordinal)
            ? loaderSql[..end].Replace(Version, $"\"{ShadowTable.Ignored}\"", StringComparison.Ordinal) + $", {Version}" + loaderSql[end..]
            : throw new InvalidOperationException($"The documents have no numeric revision: {loaderSql}");
    }
}
