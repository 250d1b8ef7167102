using Monolith.Contracts.Ordering;

namespace Monolith.Shipping.Fees;

public sealed partial record FeePolicy
{
    private static FeePolicy FirstPolicy() => new(
        Version: 1,
        Zones: new Dictionary<string, string>(
        [
            .. Zone("domestic", "DE"),
            .. Zone("eu-near", "AT BE CZ DK FR LU NL PL"),
            .. Zone("eu-far", "BG CY EE ES FI GR HR HU IE IT LT LV MT PT RO SE SI SK"),
            .. Zone("europe", "AD AL BA CH FO GB GG GI IM IS JE LI MC MD ME MK NO RS SM UA VA XK"),
            .. Zone(
                "world",
                "AE AR AU BR CA CL CN CO CR EG GE HK ID IL IN JO JP KE KR KW KZ MA MU MX MY NA NZ OM PE PH QA SA SG TH TN TR TW US UY VN ZA"),
        ]),
        Tariffs: new Dictionary<string, ZoneTariff>
        {
            ["domestic"] = Tariff(4.90m, 6.90m, 9.90m, 16.90m, 21.90m, further: 7m),
            ["eu-near"] = Tariff(9.90m, 13.90m, 18.90m, 29.90m, 39.90m, further: 12m),
            ["eu-far"] = Tariff(13.90m, 18.90m, 25.90m, 39.90m, 52.90m, further: 16m),
            ["europe"] = Tariff(17.90m, 24.90m, 34.90m, 54.90m, 69.90m, further: 22m),
            ["world"] = Tariff(24.90m, 39.90m, 64.90m, 109.90m, 159.90m, further: 48m),
        },
        Services: new Dictionary<DeliveryService, decimal> { [DeliveryService.Standard] = 1m, [DeliveryService.Express] = 2m },
        Rates: new Dictionary<string, decimal>
        {
            ["EUR"] = 1m,
            ["USD"] = 1.10m,
            ["GBP"] = 0.86m,
            ["CHF"] = 0.96m,
            ["JPY"] = 160m,
            ["DKK"] = 7.46m,
            ["SEK"] = 11.30m,
            ["NOK"] = 11.60m,
            ["PLN"] = 4.30m,
            ["CZK"] = 25m,
        });

    private static IEnumerable<KeyValuePair<string, string>> Zone(string name, string countries) =>
        countries.Split(' ').Select(country => KeyValuePair.Create(country, name));

    private static ZoneTariff Tariff(decimal upTo2, decimal upTo5, decimal upTo10, decimal upTo20, decimal upTo31, decimal further) => new(
        [new(2m, upTo2), new(5m, upTo5), new(10m, upTo10), new(20m, upTo20), new(31.5m, upTo31)], further);
}
