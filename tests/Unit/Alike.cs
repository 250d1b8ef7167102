using System.Text.Json;
using Shouldly;

namespace Monolith.Unit;

/// <summary>Compares by content: records that hold lists are equal to no other.</summary>
internal static class Alike
{
    public static void ShouldBeLike(this IEnumerable<object> actual, params object[] expected) =>
        actual.Select(Text).ShouldBe(expected.Select(Text));

    private static string Text(object value) => $"{value.GetType().Name} {JsonSerializer.Serialize(value)}";
}
