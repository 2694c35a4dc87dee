export type Place = 'Try' | 'Cards' | 'Audit' | 'Breast check'

const address: Readonly<Record<Place, string>> = {
  Try: '/',
  Cards: '/cards',
  Audit: '/audit',
  'Breast check': '#',
}

/** The head of every page: name, places to go, and what the reader must know. */
export function PageHead({ here, places, note }: { here: Place; places: readonly Place[]; note?: string }) {
  return (
    <>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <header class="head">
        <strong>mastitis-cds</strong>
        <nav aria-label="Pages">
          {places.map((place) => (
            <a key={place} href={address[place]} aria-current={place === here ? 'page' : undefined}>
              {place}
            </a>
          ))}
        </nav>
        {note !== undefined && <span class="note">{note}</span>}
      </header>
    </>
  )
}

/** Something went wrong, in words. */
export const Failure = ({ says }: { says: string }) => (
  <div class="panel failed" role="alert">
    {says}
  </div>
)
