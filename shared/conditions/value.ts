/** A value of an attribute or of an event's property. */
export type Value = string | number | boolean | readonly (string | number | boolean)[]
