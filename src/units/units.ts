/** A moment, in milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

declare const unit: unique symbol
type Quantity<Unit extends string> = number & { readonly [unit]: Unit }

/** A number of hours. */
export type Hours = Quantity<'h'>
/** A number of days of 24 hours. */
export type Days = Quantity<'d'>
/** A temperature in degrees Celsius. */
export type Celsius = Quantity<'Cel'>

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** A number of hours. */
export const hours = (value: number): Hours => value as Hours

/** A number of days of 24 hours. */
export const days = (value: number): Days => value as Days

/**
 * A temperature in degrees Celsius, rounded to one decimal.
 *
 * Edge: 100.4 °F is 38.0, 101.3 °F is 38.5: comparing unrounded values would miss both.
 */
export const celsius = (value: number): Celsius => (Math.round(value * 10) / 10) as Celsius

/** Elapsed hours from `from` to `to`; negative when `to` is earlier. */
export const hoursBetween = (from: Instant, to: Instant): Hours => hours((to - from) / hourMs)

/** Elapsed days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Instant, to: Instant): Days => days((to - from) / dayMs)

/** Hours as milliseconds, for arithmetic with instants. */
export const hoursInMs = (value: number): number => value * hourMs

/** Days of 24 hours as milliseconds, for arithmetic with instants. */
export const daysInMs = (value: number): number => value * dayMs
