/** The words on missing facts for every rule of suspected breast cancer. */
export const ruleUnread =
  'What was read and fulfils the rule makes it present. Otherwise it cannot be told when a sign, temperature, medicine or ' +
  'condition that could fulfil it could not be read. Never with known inflammatory breast cancer.'

/** The words on free text for the critical form of a rule. */
export const textOnly = 'Evidence from free text alone is never critical.'
