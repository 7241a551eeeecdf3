import { createContext } from 'react'

/** The zone and currency in which times and money are shown: the brand's. */
export const BrandFormat = createContext({ zone: 'Asia/Shanghai', currency: 'CNY' })
