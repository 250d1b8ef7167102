namespace Monolith.Shipping.Fees;

public sealed partial record FeePolicy
{
    /// <summary>
    /// Puts right two zones of the first policy, which did not follow the carrier's contract: Switzerland and Liechtenstein are delivered to at
    /// the rates of the near countries, Poland at those of the far ones.
    /// </summary>
    private static FeePolicy SecondPolicy()
    {
        var first = FirstPolicy();
        return first with
        {
            Version = 2,
            Zones = new Dictionary<string, string>(first.Zones) { ["CH"] = "eu-near", ["LI"] = "eu-near", ["PL"] = "eu-far" },
        };
    }
}
