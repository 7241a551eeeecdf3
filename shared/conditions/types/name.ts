/** Words of a column's name that say that its digits are a name, not a number. */
const codes =
  /(?:^|[^a-z])(?:id|ids|no|code|sku|spu|barcode|ean|upc|zip|zipcode|postcode|postal|phone|mobile|tel|fax|card|serial)(?:$|[^a-z])|编码|编号|代码|条码|邮编|邮政|货号|款号|卡号|工号|账号|号码|号$|电话|手机|(?:^|[^a-z])id$/
/** Words that say that a value is a day or a time. */
const days =
  /(?:^|[^a-z])(?:date|day|birthday|birthdate|dob|anniversary|expiry|expires|expiration|deadline|since|until|at)(?:$|[^a-z])|日期|时间|生日|纪念日|到期|有效期|截止|日$|注册于/

/** 'memberId' and 'MEMBER_ID' as 'member id'. */
const spaced = (name: string) =>
  name
    .normalize('NFKC')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()

export const namesCode = (name: string): boolean => codes.test(spaced(name))
export const namesDay = (name: string): boolean => days.test(spaced(name))
/** Words that say that a value is yes or no. */
export const namesYesNo = (name: string): boolean => /^(?:是否|有无|is |has |can )|是否/.test(spaced(name))
/** Words that say that a value is several. */
export const namesList = (name: string): boolean =>
  /tags|interests|preferences|categories|list|标签|偏好|兴趣|爱好|列表|品类/.test(spaced(name))
/** Words that say that a day comes once: an expiry, a deadline. */
export const namesExpiry = (name: string): boolean =>
  /到期|有效期|截止|过期|失效|结束|(?:^|[^a-z])(?:expir[a-z]*|valid|ends?|until|due|deadline)(?:$|[^a-z])/.test(
    spaced(name),
  )
