using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Trainer.Data;

/// <summary>What the head of a mirror's answer says.</summary>
internal static class MirrorAnswer
{
    /// <summary>Whether the body goes on where the part file ends (true) or starts over (false).</summary>
    /// <param name="response">The answer.</param>
    /// <param name="present">How many bytes the part file has.</param>
    /// <param name="length">How many the whole file has.</param>
    /// <param name="longestPause">The longest that a mirror may ask to be left alone.</param>
    /// <param name="startOver">Whether the range does not fit, so that the next request should ask for the whole.</param>
    /// <exception cref="MirrorException">It is no part of the file.</exception>
    public static bool Resumes(HttpResponseMessage response, long present, long length, TimeSpan longestPause, out bool startOver)
    {
        HttpStatusCode status = response.StatusCode;
        HttpContentHeaders headers = response.Content.Headers;
        startOver = false;
        if (status == HttpStatusCode.OK)
        {
            ThrowIfOtherLength(headers.ContentLength, length, headers);
            return false;
        }
        if (status == HttpStatusCode.PartialContent && present > 0 && headers.ContentRange is { } range && range.From == present)
        {
            ThrowIfOtherLength(range.Length, length, headers);
            return true;
        }
        if (status is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            startOver = true;
            // Where the whole was asked for, there was nothing to misunderstand.
            throw new MirrorException("answers with another range than it was asked for", final: present == 0);
        }
        throw Refusal(response, longestPause);
    }

    private static MirrorException Refusal(HttpResponseMessage response, TimeSpan longestPause)
    {
        HttpStatusCode status = response.StatusCode;
        bool mayPass = (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
        string reason = $"answers {(int)status} {response.ReasonPhrase}".TrimEnd();
        if (!mayPass || Rest(response) is not { } rest)
        {
            return new MirrorException(reason, final: !mayPass);
        }
        string asks = string.Create(CultureInfo.InvariantCulture, $"{reason}, and asks to be left alone for {Math.Ceiling(rest.TotalSeconds)} s");
        return new MirrorException(asks, final: rest > longestPause) { Rest = rest };
    }

    /// <summary>How long the mirror asks to be left alone; a date is seen from the mirror's own, so that this machine's clock
    /// has no say, and one without it from none.</summary>
    private static TimeSpan? Rest(HttpResponseMessage response)
    {
        RetryConditionHeaderValue? after = response.Headers.RetryAfter;
        TimeSpan? rest = after?.Delta ?? (after?.Date is { } date && response.Headers.Date is { } now ? date - now : null);
        return rest > TimeSpan.Zero ? rest : null;
    }

    private static void ThrowIfOtherLength(long? offered, long length, HttpContentHeaders headers)
    {
        if (offered is not null && offered != length)
        {
            string encoding = headers.ContentEncoding.Count == 0 ? "" : $" (Content-Encoding: {string.Join(", ", headers.ContentEncoding)})";
            throw new MirrorException($"offers {offered} bytes where the file has {length}{encoding}", final: true);
        }
    }
}
