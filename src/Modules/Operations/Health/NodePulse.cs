using System.Globalization;

namespace Monolith.Operations.Health;

/// <summary>
/// A sign of life of a node, written about once a second, read by any. That it comes at all says that the node's process lives; how old it
/// is says when it does not.
/// </summary>
/// <param name="Id">The node's number in the cluster, see <see cref="IdOf"/>.</param>
/// <param name="HighWaterAgeSeconds">
/// How long ago the node last began to look for new events; null while it runs no projection and need not look.
/// </param>
public sealed record NodePulse(string Id, double? HighWaterAgeSeconds)
{
    public static string IdOf(int node) => node.ToString(CultureInfo.InvariantCulture);
}
