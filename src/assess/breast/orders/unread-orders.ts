/** The words on missing facts for every finding about orders and results. */
export const ordersUnread =
  'Orders, procedures and reports that could not be read, or carry no time, leave it absent; what could not be read is ' +
  'named on the card.'
