using JasperFx.Events;
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
/// <param name="Sample">The last one; null when there is none yet.</param>
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
        var names = session.DocumentStore.Options.Events.AllKnownEventTypes()
            .Where(known => known.EventType.Assembly.GetName().Name!.StartsWith("Monolith.", StringComparison.Ordinal))
            .Select(known => known.EventTypeName).Union(occurrences.Keys).Order(StringComparer.Ordinal)
            .Where(name => query.After is not { Id: var id } || string.CompareOrdinal(name, id) > 0).Take(query.Limit + 1).ToList();
        var page = Page.Of(names, query.Limit, name => new Cursor(DateTimeOffset.UnixEpoch, name));

        var found = page.Items.Select(name => occurrences.GetValueOrDefault(name)).OfType<EventTypeOccurrence>().ToList();
        var wanted = found.Select(o => o.First).Concat(found.Select(o => o.Last)).Distinct().ToArray();
        var events = (await session.Events.QueryAllRawEvents().Where(e => e.Sequence.IsOneOf(wanted) && e.MaybeArchived()).ToListAsync(cancellation))
            .ToDictionary(e => e.Sequence);
        return Page.Answer(new Page<EventTypeView>([.. page.Items.Select(View)], page.Next), http);

        EventTypeView View(string stored)
        {
            var (name, occurrence) = (EventName.Parse(stored), occurrences.GetValueOrDefault(stored));
            var (first, last) = occurrence is null ? (null, null) : ((IEvent?)events[occurrence.First], (IEvent?)events[occurrence.Last]);
            return new EventTypeView(
                name.Type, stored, name.Version, name.Module, occurrence?.Count ?? 0, first?.Timestamp, last?.Timestamp,
                last is null ? null : masks.Show(last.Data, http.User));
        }
    }
}
