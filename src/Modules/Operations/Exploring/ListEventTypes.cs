using Marten;
using Marten.Events.Archiving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Monolith.Kernel.Access;
using Monolith.Kernel.History;
using Monolith.Kernel.Paging;
using Wolverine.Http;

namespace Monolith.Operations.Exploring;

/// <summary>One version of a type of event, as it stands in the log.</summary>
/// <param name="StoredName">What it is called in the log.</param>
/// <param name="Version">1, and more for each change of its shape that needs the old one to be translated.</param>
/// <param name="Sample">The last one; null when there is none yet, or this program does not know the type.</param>
public sealed record EventTypeView(
    string Name, string StoredName, int Version, string Module, long Count, DateTimeOffset? FirstSeen, DateTimeOffset? LastSeen, object? Sample);

public static class ListEventTypesEndpoint
{
    public static CollectionQuery Load(HttpContext http) => new(http);

    public static ProblemDetails Validate(CollectionQuery query) => query.Errors.ToProblem();

    /// <summary>Every type of event that the log has or the program knows, by stored name.</summary>
    [WolverineGet("/admin/event-types"), AllowStaffAnd]
    [ProducesResponseType<Page<EventTypeView>>(StatusCodes.Status200OK)]
    public static async Task<IResult> Get(
        CollectionQuery query, IQuerySession session, Masks masks, HttpContext http, CancellationToken cancellation)
    {
        var occurrences = await EventTypeOccurrence.Load(session, cancellation);
        var known = new KnownEvents(session.DocumentStore);
        var names = known.Names.Union(occurrences.Keys).Order(StringComparer.Ordinal)
            .Where(name => query.After is not { Id: var id } || string.CompareOrdinal(name, id) > 0).Take(query.Limit + 1).ToList();
        var page = Page.Of(names, query.Limit, name => Cursor.Of(name));

        // The rest, such as the events of a module that is left out, nobody here can read.
        var last = page.Items.Where(known.Include).Select(name => occurrences.GetValueOrDefault(name)?.Last).OfType<long>().ToArray();
        var samples = (await session.Events.QueryAllRawEvents().Where(e => e.Sequence.IsOneOf(last) && e.MaybeArchived()).ToListAsync(cancellation))
            .ToDictionary(e => e.Sequence, e => masks.Show(e.Data, http.User));
        return Page.Answer(new Page<EventTypeView>([.. page.Items.Select(View)], page.Next), http);

        EventTypeView View(string stored)
        {
            var (name, occurrence) = (EventName.Parse(stored), occurrences.GetValueOrDefault(stored));
            return new EventTypeView(
                name.Type, stored, name.Version, name.Module, occurrence?.Count ?? 0, occurrence?.FirstSeen, occurrence?.LastSeen,
                samples.GetValueOrDefault(occurrence?.Last ?? 0));
        }
    }
}
