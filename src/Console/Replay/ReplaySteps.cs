using System.Text.Json;
using Monolith.Console.Api;

namespace Monolith.Console.Replay;

/// <param name="State">The read model after the event.</param>
/// <param name="Changed">The members of it that the event changed.</param>
public sealed record ReplayStep(
    long Version, long Sequence, string Type, DateTimeOffset RecordedAt, JsonElement Data, JsonElement State, IReadOnlyList<string> Changed);

/// <summary>
/// The replay of a stream, read in stretches around where one looks. However long the stream is, only a few stretches are held.
/// </summary>
/// <param name="path">The address of the replay.</param>
internal sealed class ReplaySteps(MonolithApi api, string path)
{
    public const int Size = 50;

    private const int MostHeld = 6;

    private readonly LinkedList<(long First, Page<ReplayStep> Page)> held = new();

    /// <summary>The version that the stretch around a version begins with.</summary>
    public static long FirstOf(long version) => ((version - 1) / Size * Size) + 1;

    /// <summary>The stretch that a version is in.</summary>
    public async Task<IReadOnlyList<ReplayStep>> Around(long version, CancellationToken cancellation)
    {
        var first = FirstOf(version);
        if (Held(first) is { } known)
        {
            if (version < first + known.Items.Count)
            {
                return known.Items;
            }

            // The stream has grown since.
            held.Remove(held.First(stretch => stretch.First == first));
        }

        // From one stretch to the next the server has nothing to fold again; to anywhere else it has.
        var place = Held(first - Size)?.Next is { } next ? ("cursor", next) : ("fromVersion", first.ToString());
        var page = await api.Get<Page<ReplayStep>>(Query.With(path, place, ("limit", Size.ToString())), cancellation);
        held.AddLast((first, page));
        while (held.Count > MostHeld)
        {
            held.RemoveFirst();
        }

        return page.Items;
    }

    private Page<ReplayStep>? Held(long first) => held.FirstOrDefault(stretch => stretch.First == first).Page;

    /// <summary>The step of a version; null when the stream has none of this version.</summary>
    public async Task<ReplayStep?> At(long version, CancellationToken cancellation) =>
        version < 1 ? null : (await Around(version, cancellation)).FirstOrDefault(step => step.Version == version);
}
