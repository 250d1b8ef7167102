using System.Globalization;
using System.Text.Json.Serialization;
using JasperFx.Events;
using Monolith.Kernel.History;
using Monolith.Kernel.Publishing;

namespace Monolith.Insights.Feed;

/// <summary>An event as the world outside sees it: a CloudEvents 1.0 object.</summary>
/// <param name="Id">The same wherever and however often the event is met.</param>
/// <param name="Source">The module that has recorded it.</param>
/// <param name="Subject">The id of the aggregate that it is about.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Data">The public form that its module has declared.</param>
/// <param name="Sequence">Its place in the log, a decimal number.</param>
public sealed record CloudEvent(string Id, string Source, string Type, string Subject, DateTimeOffset Time, string Sequence, object Data)
{
    [JsonPropertyName("specversion"), JsonPropertyOrder(-1)]
    public string SpecVersion => "1.0";

    [JsonPropertyName("datacontenttype")]
    public string DataContentType => "application/json";

    internal static CloudEvent Of(IEvent e, PublicForm form)
    {
        var name = EventName.Parse(e.EventTypeName);
        return new CloudEvent(
            e.Id.ToString(), $"/monolith/{name.Module}", PublicEvents.TypeOf(name), form.Subject(e.Data), form.Time(e.Data),
            e.Sequence.ToString(CultureInfo.InvariantCulture), form.Data(e.Data));
    }
}
