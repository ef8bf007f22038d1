"""Films as lists of shots: every step, for as long as the pace says, and the end is held."""

import pytest

from nnviz.picture.motion import MOVEMENT
from nnviz.picture.shots import HELD, LONGEST, OPENING, length, samples, story_shots, training_shots


@pytest.mark.parametrize("frame", [40, 80])
@pytest.mark.parametrize("pace", [0.5, 1.0, 2.0, 5.0])
def test_a_story_shows_each_step_for_its_time(pace, frame):
    places = [3, 4, 9, 12]
    shots = story_shots(places, pace, frame)
    held = -(-HELD // frame) * frame
    for place in places:
        own = [shot for shot in shots if shot.at == place]
        time = length(own) - (place == 12) * held
        assert abs(time - 1000 / pace) <= frame
        assert own[-1].t == 1.0
        assert [shot.t for shot in own] == sorted(shot.t for shot in own)
        assert all(shot.milliseconds == frame for shot in own[:-1])
        assert length(own[:-1]) <= MOVEMENT
    assert len([shot for shot in shots if shot.at == 3]) == 1  # nothing moves before the first
    assert all(shot.milliseconds % frame == 0 for shot in shots)


@pytest.mark.parametrize(("iterations", "pace"), [(1, 20.0), (200, 20.0), (5, 2.0), (1000, 500.0)])
def test_a_training_goes_from_its_start_to_its_end_at_its_pace(iterations, pace):
    shots = training_shots(iterations, pace, 40)
    seen = [shot.at for shot in shots]
    assert (seen[0], seen[-1]) == (0, iterations)
    assert seen == sorted(seen)
    assert abs(length(shots) - OPENING - HELD - 1000 * iterations / pace) <= 40 + 1000 / pace


def test_slow_iterations_are_all_seen():
    assert [shot.at for shot in training_shots(7, 4.0, 80)] == list(range(8))


@pytest.mark.parametrize("make", [lambda: story_shots(range(700), 1.0, 40), lambda: training_shots(10**6, 20.0, 40)])
def test_what_would_last_too_long_is_refused(make):
    with pytest.raises(ValueError, match=rf"minutes; expected {LONGEST // 60_000} at the most. Choose a faster pace"):
        make()


def test_samples_are_spread_and_have_the_end():
    shots = story_shots(range(100), 2.0, 80)
    chosen = samples(shots, 8)
    assert len(chosen) <= 8
    assert shots[-1] in chosen
    assert all(shot.t == 1.0 for shot in chosen)
    assert max(shot.at for shot in chosen) - min(shot.at for shot in chosen) > 80
    assert samples(shots[:1], 8) == shots[:1]
