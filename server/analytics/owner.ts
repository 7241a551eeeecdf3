import { ownerNameList } from '../../shared/conditions/owner.ts'

/** JSON holds no bytes: what is none of its values is as good as not there. */
const text = (column: string): string => `iif(typeof(${column}) = 'blob', null, ${column})`

/** The attributes of whoever has the customer of an id, as JSON without what they do not have; null where nobody does. */
export const ownerJson = (customerId: string): string =>
  `(select json_patch('{}', json_object('owner', s.id, 'owner_name', ${text('s.name')},
      'owner_phone', ${text('s.phone')}, 'owner_team', ${text('s.team')}))
    from owners o join staff s on s.id = o.staff where o.customer_id = ${customerId} and o.until is null)`

const paths = ownerNameList.map((name) => `'$.${name}'`).join(', ')

/** A customer's attributes, an object of JSON, with who has the customer in place of any of the same name. */
export const withOwnerSql = (attributes: string, customerId: string): string =>
  `coalesce(json_patch(json_remove(${attributes}, ${paths}), ${ownerJson(customerId)}), ${attributes})`
