using JasperFx.Events;

namespace Monolith.Kernel.Folding;

/// <summary>An event that a projection could not fold and has left out, for a person to look at: the document goes on without it.</summary>
/// <param name="Id">The projection and the sequence, so that it is here once however often it is met.</param>
/// <param name="Projection">Under which name it ran; while it is computed again, that is another than the one that is read.</param>
public sealed record SetAsideEvent(
    string Id, string Projection, long Sequence, string Stream, string EventName, string ErrorType, string Error)
{
    /// <summary>Set by the database.</summary>
    public DateTimeOffset SetAsideAt { get; set; }

    public static SetAsideEvent Of(string projection, IEvent e, Exception exception) => new(
        IdOf(projection, e.Sequence), projection, e.Sequence, e.StreamKey!, e.EventTypeName, exception.GetType().FullName!, exception.Message);

    /// <summary>The same for a projection of another name.</summary>
    public SetAsideEvent Under(string projection) => this with { Id = IdOf(projection, Sequence), Projection = projection };

    private static string IdOf(string projection, long sequence) => $"{projection}@{sequence}";
}

/// <summary>What a projection does with an event that it cannot fold, live and in a rebuild alike.</summary>
public enum PoisonPolicy
{
    /// <summary>It stops, until the code is right: what it shows is complete up to there. For whatever counts money, or is decided upon.</summary>
    Stop,

    /// <summary>The event is set aside and the others are shown: one bad row must not make a whole list blind. One that cannot even be read stops it.</summary>
    SetAside,
}
