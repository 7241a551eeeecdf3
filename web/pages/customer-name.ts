import { useTranslation } from 'react-i18next'
import { erasureStart } from '../../shared/api/erasures.ts'

/** Whether an id stands in the place of somebody who was erased: it names nobody, and need not be read by anyone. */
export const isErased = (customerId: string): boolean => erasureStart(customerId) !== null

/** How a customer is called: by name, else by what is said in its place; of whoever was erased only that. */
export function useCustomerName(): (id: string, name: string | null, nameless?: string) => string {
  const { t } = useTranslation()
  return (id, name, nameless = id) => (isErased(id) ? t('erased.name') : (name ?? nameless))
}
