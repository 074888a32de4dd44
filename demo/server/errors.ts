import { BadRequestException, UnauthorizedException } from '@nestjs/common'

/** A 400 whose JSON body has the shape that chat APIs use; `param` names what was wrong. */
export function badRequest(param: string, message: string): BadRequestException {
  return new BadRequestException({ error: { message, type: 'invalid_request_error', param, code: null } })
}

/** A 401 in the same shape. */
export function unauthorized(message: string): UnauthorizedException {
  return new UnauthorizedException({ error: { message, type: 'authentication_error', param: null, code: null } })
}
