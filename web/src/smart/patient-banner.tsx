interface Person {
  name?: readonly { text?: string; family?: string; given?: readonly string[] }[]
  birthDate?: string
}

/** The name of a Patient, or words where the chart has none. */
export function patientName(patient: unknown): string {
  const [name] = (patient as Person | undefined)?.name ?? []
  return name?.text ?? ([...(name?.given ?? []), name?.family ?? ''].join(' ').trim() || 'this patient')
}

/** Whose chart is open, always in sight. */
export const PatientBanner = ({ patient, patientId }: { patient: unknown; patientId: string }) => {
  const born = (patient as Person | undefined)?.birthDate
  return (
    <section class="patient" aria-label="Patient">
      <b>{patientName(patient)}</b>
      {born !== undefined && <span>born {born}</span>}
      <span>id {patientId}</span>
    </section>
  )
}
