namespace Monolith.Architecture.Wrong;

/// <summary>An event that nobody registered and no fold knows.</summary>
internal sealed record OrderForgotten(string OrderId, DateTimeOffset ForgottenAt);

/// <summary>No fact, and it can be changed.</summary>
internal sealed class PlaceAnOrder
{
    public string Note { get; set; } = string.Empty;

    public List<string> Skus { get; init; } = [];
}
