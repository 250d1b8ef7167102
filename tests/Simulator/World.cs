using System.Globalization;
using Bogus;

namespace Monolith.Simulator;

/// <param name="Pieces">How many arrive at a time.</param>
internal sealed record Product(string Sku, ProductBody Body, int Pieces)
{
    public const int Plenty = 10_000;

    /// <summary>So few pieces that a run sells out: some orders end without their goods.</summary>
    public bool Scarce => Pieces < Plenty;
}

internal sealed record Customer(string Id, Address Home);

/// <summary>Everything that exists before the first order: products and customers, decided by the seed alone.</summary>
internal sealed class World
{
    private readonly Dictionary<string, Product[]> byCurrency;

    public World(int seed, int products, int customers)
    {
        Seed = seed;
        Products = MakeProducts(seed, products);
        Customers = MakeCustomers(seed, customers);
        byCurrency = Products.GroupBy(product => product.Body.Currency, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    public int Seed { get; }

    public IReadOnlyList<Product> Products { get; }

    public IReadOnlyList<Customer> Customers { get; }

    public IReadOnlyList<Product> In(string currency) => byCurrency[currency];

    private static Product[] MakeProducts(int seed, int count)
    {
        Faker faker = new();
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            var random = faker.Random = Seeds.For(seed, Subject.Product, number);
            var category = Assortment.Categories[number % Assortment.Categories.Length];
            var currency = random.Weighted(("EUR", 86), ("USD", 9), ("JPY", 5));
            // A surname makes a plausible brand.
            var name = $"{faker.Name.LastName()} {random.ArrayElement(category.Things)}, {random.ArrayElement(category.Variants)}";
            var price = Price(Between(random, category.LeastPrice, category.MostPrice), random.Weighted((0.99m, 50), (0.49m, 20), (0.95m, 20), (0m, 10)), currency);
            var weight = Math.Round((decimal)Between(random, category.LeastKg, category.MostKg), 3);
            var pieces = random.Weighted((random.Number(5, 40), 5), (Product.Plenty, 95));
            return new Product($"{category.Prefix}-{number + 1:0000}", new(name, price, currency, weight, category.Name, Active: true), pieces);
        })];
    }

    private static Customer[] MakeCustomers(int seed, int count)
    {
        var fakers = Assortment.Countries.ToDictionary(country => country.Code, country => new Faker(country.Locale), StringComparer.Ordinal);
        var countries = Array.ConvertAll(Assortment.Countries, country => (country, country.Weight));
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            var random = Seeds.For(seed, Subject.Customer, number);
            var country = random.Weighted<(string Code, string Locale, string PostalCode, int)>(countries);
            var faker = fakers[country.Code];
            faker.Random = random;
            // No country here has a postal code of zeros only: the first digit is 1 to 9.
            var postalCode = random.Number(1, 9).ToString(CultureInfo.InvariantCulture) + random.Replace(country.PostalCode[1..]);
            return new Customer($"customer-{number + 1:0000}", new(
                $"{faker.Name.FirstName()} {faker.Name.LastName()}", faker.Address.StreetAddress(), faker.Address.City(), postalCode, country.Code));
        })];
    }

    /// <summary>Cheap and light things are more frequent than dear and heavy ones.</summary>
    private static double Between(Randomizer random, double least, double most) => least * Math.Pow(most / least, random.Double());

    private static decimal Price(double euros, decimal cents, string currency) => currency switch
    {
        "JPY" => Math.Max(10, Math.Round((decimal)euros * 16) * 10),
        "USD" => Math.Floor((decimal)euros * 1.1m) + cents,
        _ => Math.Floor((decimal)euros) + cents,
    };
}
