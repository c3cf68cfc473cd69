/* spare.c - VUs that nobody uses now, for places that the plan knows nothing of: arrival rates take
 * what is left when no more may be made. The plan binds each of its places to one VU, so what is
 * free now may be wanted later; of those that are free, the one wanted latest is lent. On the
 * worker's thread. Tests: seat_test.c */
#include "core/clock.h"
#include "exec/exec_int.h"

/* From when on the plan needs this seat's VU; CLOCK_NEVER: no more. */
static int64_t needed_ns(const struct seat *seat, int64_t now_ns)
{
    const struct share *sh = seat->share;
    const struct scen *sc = sh->scen;
    int64_t from_ns = clock_add(sc->start_ns, seat->from_ns);
    if (sh->fiber == NULL || clock_add(sc->start_ns, seat->until_ns) <= now_ns)
        return CLOCK_NEVER;
    if (from_ns > now_ns)
        return from_ns;
    /* Ramping VUs may come back while their time lasts, others leave for good. */
    bool comes_back = sc->view.config->executor == EXECUTOR_RAMPING_VUS;
    return seat->has_left && !comes_back ? CLOCK_NEVER : now_ns;
}

static void note_needs(struct exec_worker *ew, int64_t now_ns)
{
    struct run *r = ew->run;
    for (size_t i = 0; i < ew->vu_count; i++)
        ew->vus[i]->needed_ns = CLOCK_NEVER;
    for (size_t i = 0; i < r->plan->scenario_count; i++) {
        const struct share *sh = &r->scens[i].shares[ew->index];
        for (size_t k = 0; k < sh->seat_count; k++) {
            struct exec_vu *ev = sh->seats[k].ev;
            int64_t ns = needed_ns(&sh->seats[k], now_ns);
            ev->needed_ns = ns < ev->needed_ns ? ns : ev->needed_ns;
        }
    }
}

struct exec_vu *spare_pick(struct exec_worker *ew)
{
    struct exec_vu *best = NULL;
    note_needs(ew, clock_now_ns());
    for (size_t i = 0; i < ew->vu_count; i++) {
        struct exec_vu *ev = ew->vus[i];
        if (ev->seat == NULL && (best == NULL || ev->needed_ns > best->needed_ns))
            best = ev;
    }
    return best;
}
