using Bogus;

namespace Monolith.Simulator;

internal enum Subject
{
    Product,
    Customer,
    Order,
}

internal static class Seeds
{
    /// <summary>
    /// Randomness of one product, customer or order: it depends on nothing but the seed, the subject and its number, so
    /// that a longer run begins like a shorter one.
    /// </summary>
    public static Randomizer For(int seed, Subject subject, int number)
    {
        // The finalizer of SplitMix64: neighbouring numbers must not give similar sequences.
        var mixed = ((ulong)(uint)seed << 32 | (uint)number) + ((ulong)subject + 1) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return new Randomizer((int)((mixed ^ (mixed >> 31)) & int.MaxValue));
    }

    /// <summary>A position below <paramref name="count"/>, low ones more often: a few customers and products make most of the trade.</summary>
    public static int Popular(this Randomizer random, int count)
    {
        var roll = random.Double();
        return Math.Min((int)(roll * roll * count), count - 1);
    }

    /// <summary>One of the choices, by weights that sum up to 100.</summary>
    public static T Weighted<T>(this Randomizer random, params ReadOnlySpan<(T Choice, int Weight)> choices)
    {
        var roll = random.Number(0, 99);
        foreach (var (choice, weight) in choices)
        {
            if (roll < weight) return choice;
            roll -= weight;
        }

        throw new ArgumentException("The weights must sum up to 100.", nameof(choices));
    }
}
