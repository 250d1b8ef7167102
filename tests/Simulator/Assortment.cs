namespace Monolith.Simulator;

/// <summary>What the shop sells in one category; prices in EUR, weights in kilograms.</summary>
internal sealed record Category(
    string Name, string Prefix, string[] Things, string[] Variants, double LeastPrice, double MostPrice, double LeastKg, double MostKg);

internal static class Assortment
{
    public static readonly Category[] Categories =
    [
        new("books", "BOOK", ["Cookbook", "Travel Guide", "Crime Novel", "Picture Book", "Atlas", "Diary"],
            ["hardcover", "paperback", "pocket edition"], 6, 60, 0.15, 2.2),
        new("electronics", "ELEC", ["Headphones", "Keyboard", "Desk Lamp", "Power Bank", "Webcam", "Radio"],
            ["black", "white", "silver"], 15, 400, 0.1, 4),
        new("clothing", "CLTH", ["Jacket", "Jumper", "Shirt", "Trousers", "Scarf", "Socks"],
            ["size S", "size M", "size L", "size XL"], 8, 180, 0.05, 1.5),
        new("home", "HOME", ["Teapot", "Frying Pan", "Blanket", "Wall Clock", "Storage Box", "Mirror"],
            ["small", "medium", "large"], 9, 220, 0.3, 9),
        new("grocery", "GROC", ["Coffee Beans", "Olive Oil", "Dark Chocolate", "Honey", "Pasta", "Green Tea"],
            ["single", "pack of 3", "pack of 6"], 2, 35, 0.1, 3),
        new("garden", "GARD", ["Secateurs", "Watering Can", "Bird House", "Rake", "Planter", "Lantern"],
            ["green", "galvanised", "terracotta"], 7, 150, 0.2, 12),
        new("toys", "TOYS", ["Building Blocks", "Puzzle", "Kite", "Teddy Bear", "Board Game", "Train Set"],
            ["age 3+", "age 6+", "age 10+"], 5, 120, 0.1, 3.5),
        new("sports", "SPRT", ["Yoga Mat", "Dumbbell", "Football", "Tent", "Sleeping Bag", "Bicycle Pump"],
            ["standard", "light", "professional"], 9, 320, 0.2, 15),
    ];

    /// <summary>Where customers live: ISO 3166 alpha-2, the locale of names and streets, and the form of a postal code.</summary>
    public static readonly (string Code, string Locale, string PostalCode, int Weight)[] Countries =
    [
        ("DE", "de", "#####", 40), ("AT", "de_AT", "####", 12), ("CH", "de_CH", "####", 10), ("FR", "fr", "#####", 12),
        ("NL", "nl", "#### ??", 8), ("IT", "it", "#####", 8), ("ES", "es", "#####", 6), ("PL", "pl", "##-###", 4),
    ];
}
